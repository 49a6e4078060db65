import QtQuick
import Mirror

// Whatever can be touched: answers in the same frame, acts on release, is never smaller than a finger needs.
Item {
    id: touch

    property string label: ""
    readonly property alias pressed: tap.pressed

    signal touched

    implicitWidth: Theme.minTouchSize
    implicitHeight: Theme.minTouchSize
    opacity: pressed ? 0.55 : 1
    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.onPressAction: touched()

    TapHandler {
        id: tap

        enabled: touch.enabled
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: touch.touched()
    }
}

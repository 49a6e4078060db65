import QtQuick
import Mirror

// Base of everything that can be touched: dims while pressed, acts on release, at least Theme.minTouchSize in size.
Item {
    id: area

    property string label: ""
    readonly property alias pressed: tapHandler.pressed

    signal touched

    implicitWidth: Theme.minTouchSize
    implicitHeight: Theme.minTouchSize
    opacity: pressed ? 0.55 : 1
    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.onPressAction: touched()

    TapHandler {
        id: tapHandler

        enabled: area.enabled
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: area.touched()
    }
}

import QtQuick
import Mirror

// Line that fades in and out while something is being worked on.
Item {
    id: indicator

    implicitWidth: Theme.unit * 220
    implicitHeight: Theme.unit * 6

    FadingLine {
        anchors.fill: parent

        SequentialAnimation on opacity {
            running: indicator.visible && !Theme.noMotion
            loops: Animation.Infinite

            NumberAnimation {
                from: 1
                to: 0.25
                duration: 1100
                easing.type: Easing.InOutSine
            }
            NumberAnimation {
                from: 0.25
                to: 1
                duration: 1100
                easing.type: Easing.InOutSine
            }
        }
    }
}

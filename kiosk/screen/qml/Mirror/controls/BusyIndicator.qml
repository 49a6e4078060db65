import QtQuick
import Mirror

// Something is being worked on: a short line of light that breathes.
Item {
    id: waiting

    implicitWidth: Theme.unit * 220
    implicitHeight: Theme.unit * 6

    Rectangle {
        anchors.fill: parent
        gradient: Gradient {
            orientation: Gradient.Horizontal

            GradientStop {
                position: 0
                color: "transparent"
            }
            GradientStop {
                position: 0.5
                color: Theme.accent
            }
            GradientStop {
                position: 1
                color: "transparent"
            }
        }

        SequentialAnimation on opacity {
            running: waiting.visible && !Theme.noMotion
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

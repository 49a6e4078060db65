import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// At rest: a mirror. Now and then the house's name comes out of the dark over a slow line of light, and goes again.
Item {
    id: page

    required property ViewModels.MirrorViewModel mirror

    TouchArea {
        objectName: "wake"
        anchors.fill: parent
        label: page.mirror.scene.house
        opacity: 1
        onTouched: page.mirror.wake()
    }
    Column {
        id: sign

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.unit * 330
        spacing: Theme.unit * 34
        opacity: Theme.noMotion ? 1 : 0

        Title {
            anchors.horizontalCenter: parent.horizontalCenter
            text: page.mirror.scene.house
            color: Theme.foreground
            opacity: 0.9
            font.letterSpacing: Theme.unit * 5
            size: Theme.unit * 64
        }
        Rectangle {
            id: line

            property real reach: 1

            anchors.horizontalCenter: parent.horizontalCenter
            width: Theme.unit * 560 * reach
            height: Math.max(1, Theme.unit * 2)
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
        }
    }
    SequentialAnimation {
        running: !Theme.noMotion
        loops: Animation.Infinite

        PauseAnimation {
            duration: 9000
        }
        ParallelAnimation {
            NumberAnimation {
                target: sign
                property: "opacity"
                from: 0
                to: 1
                duration: 2600
                easing.type: Easing.InOutSine
            }
            NumberAnimation {
                target: line
                property: "reach"
                from: Theme.reducedMotion ? 1 : 0.1
                to: 1
                duration: 5200
                easing.type: Easing.OutCubic
            }
        }
        NumberAnimation {
            target: sign
            property: "opacity"
            to: 0
            duration: 3600
            easing.type: Easing.InOutSine
        }
        PauseAnimation {
            duration: 40000
        }
    }
}

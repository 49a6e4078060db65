import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// At rest: a mirror. Now and then the house's name comes out of the dark over a slow line of light, and goes again.
Item {
    id: page

    required property ViewModels.MirrorViewModel mirror

    Touch {
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
        anchors.bottomMargin: Theme.u * 330
        spacing: Theme.u * 34
        opacity: Theme.still ? 1 : 0

        Title {
            anchors.horizontalCenter: parent.horizontalCenter
            text: page.mirror.scene.house
            color: Theme.ivory
            opacity: 0.9
            font.letterSpacing: Theme.u * 5
            size: Theme.u * 64
        }
        Rectangle {
            id: line

            property real reach: 1

            anchors.horizontalCenter: parent.horizontalCenter
            width: Theme.u * 560 * reach
            height: Math.max(1, Theme.u * 2)
            gradient: Gradient {
                orientation: Gradient.Horizontal

                GradientStop {
                    position: 0
                    color: "transparent"
                }
                GradientStop {
                    position: 0.5
                    color: Theme.gold
                }
                GradientStop {
                    position: 1
                    color: "transparent"
                }
            }
        }
    }
    SequentialAnimation {
        running: !Theme.still
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
                from: Theme.reduced ? 1 : 0.1
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

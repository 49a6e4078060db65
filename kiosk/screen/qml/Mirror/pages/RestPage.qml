import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// Idle screen: black; the name of the retailer fades in about once a minute.
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
        id: retailerName

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
        FadingLine {
            id: line

            property real reach: 1

            anchors.horizontalCenter: parent.horizontalCenter
            width: Theme.unit * 560 * reach
            height: Math.max(1, Theme.unit * 2)
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
                target: retailerName
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
            target: retailerName
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

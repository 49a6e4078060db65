pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// Asked before a visit ends for want of a touch. Shows nothing of the shopper but what is under way for her.
Item {
    id: page

    required property ViewModels.MirrorViewModel mirror

    TouchArea {
        objectName: "wake"
        anchors.fill: parent
        opacity: 1
        onTouched: page.mirror.wake()
    }
    Column {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.unit * 160
        spacing: Theme.unit * 40

        Title {
            maxWidth: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Are you still there?")
            size: Theme.unit * 96
        }
        Repeater {
            model: page.mirror.scene.requests

            BodyText {
                required property string requestState
                required property bool brings
                required property string by
                required property bool searching
                required property string answer
                required property bool open

                width: parent?.width ?? 0
                horizontalAlignment: Text.AlignHCenter
                visible: open
                color: Theme.accent
                text: RequestTexts.title(requestState, brings, by, searching, answer)
            }
        }
        PrimaryButton {
            objectName: "stay"
            anchors.horizontalCenter: parent?.horizontalCenter
            width: Math.min(implicitWidth, parent?.width ?? 0)
            text: qsTr("Yes, I am here")
            onTouched: page.mirror.wake()
        }
        TextLink {
            objectName: "start-anew"
            anchors.horizontalCenter: parent?.horizontalCenter
            //: Touched by a shopper who has just come into the room of another one.
            text: qsTr("I have only just come")
            color: Theme.muted
            size: Theme.smallSize
            onTouched: page.mirror.closeVisit()
        }
    }
}

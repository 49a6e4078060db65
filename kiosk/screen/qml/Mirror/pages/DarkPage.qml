pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// Plain mirror: black, except for a request that is at the door.
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
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.footerHeight

        Repeater {
            model: page.mirror.scene.requests

            Title {
                required property string requestState
                required property bool brings
                required property string by
                required property bool searching
                required property string answer

                visible: requestState === "at-the-door"
                text: RequestTexts.title(requestState, brings, by, searching, answer)
                size: Theme.headingSize
            }
        }
    }
}

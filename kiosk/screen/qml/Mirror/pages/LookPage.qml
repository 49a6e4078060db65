pragma ComponentBehavior: Bound

import QtQuick
import Mirror

// Suggestions, three at a time, each with its reason.
PageFrame {
    id: page

    property int firstShown: 0
    readonly property int lookCount: scene.looks.count

    onLookCountChanged: if (firstShown >= lookCount)
        firstShown = 0
    spacing: Theme.unit * 44

    Title {
        maxWidth: page.innerWidth
        text: qsTr("Goes with it")
    }
    Column {
        width: page.innerWidth
        visible: page.lookCount === 0
        spacing: Theme.unit * 40

        BodyText {
            width: parent.width
            color: Theme.muted
            font.pixelSize: Theme.leadSize
            text: page.scene.finding ? qsTr("One moment, we are looking through the house.") : qsTr("Nothing more to suggest just now. Ask us; we like to look with you.")
        }
        BusyIndicator {
            anchors.left: parent.left
            visible: page.scene.finding
        }
    }
    Column {
        width: page.innerWidth
        spacing: Theme.unit * 40

        Repeater {
            model: page.scene.looks

            LookRow {
                required property int index

                visible: index >= page.firstShown && index < page.firstShown + 3
                width: page.innerWidth
                mirror: page.mirror
                pictureHeight: Theme.unit * 330
            }
        }
    }
    TextLink {
        objectName: "others"
        anchors.left: parent?.left
        visible: page.lookCount > 3
        //: Shows the next three suggestions.
        text: qsTr("Show others")
        onTouched: page.firstShown = page.firstShown + 3 >= page.lookCount ? 0 : page.firstShown + 3
    }
}

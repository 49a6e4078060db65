pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// How one request stands: who has it, when it comes, and the way there in three steps of light.
Item {
    id: row

    required property ViewModels.MirrorViewModel mirror
    required property string requestId
    required property string kind
    required property string requestState
    required property string name
    required property string size
    required property string colour
    required property string picture
    required property string by
    required property string answer
    required property int minutes
    required property bool atDoor
    required property int waitedS
    required property int escalated
    // The only one on the page: as large as it deserves.
    property bool hero: false
    readonly property bool standing: open || requestState === "declined"
    readonly property bool garment: kind === "size" || kind === "piece"
    readonly property bool open: ["sending", "unsent", "received", "claimed", "at-the-door"].includes(requestState)
    readonly property int step: requestState === "at-the-door" || requestState === "done" ? 3 : requestState === "claimed" ? 2 : requestState === "received" ? 1 : 0

    implicitHeight: Math.max(shot.visible ? shot.height : 0, words.height)
    opacity: standing ? 1 : 0.75

    GarmentPicture {
        id: shot

        visible: row.garment
        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: row.hero ? -Theme.unit * 24 : 0
        width: row.width * (row.hero ? 0.47 : 0.235)
        height: Theme.unit * (row.hero ? 560 : 290)
        pictures: row.mirror.pictures
        path: row.picture
        faint: !row.standing
    }
    Column {
        id: words

        anchors.left: row.garment ? shot.right : parent.left
        anchors.leftMargin: row.garment ? Theme.unit * 48 : 0
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit * 8

        Caption {
            width: parent.width
            text: SharedTexts.joined([SharedTexts.requestName(row.kind, row.name, row.size), row.colour])
        }
        Title {
            maxWidth: parent.width
            text: RequestTexts.title(row.requestState, row.kind, row.by, row.escalated)
            size: Theme.unit * (row.hero ? 62 : 56)
        }
        BodyText {
            width: parent.width
            visible: text !== ""
            text: RequestTexts.detail(row.requestState, row.answer, row.minutes, row.waitedS, row.escalated)
            color: Theme.muted
        }
        Caption {
            width: parent.width
            visible: row.atDoor && row.open
            text: qsTr("It will be left at the door.")
        }
        Item {
            visible: row.open
            width: parent.width
            height: Theme.unit * 44

            Row {
                anchors.left: parent.left
                anchors.bottom: parent.bottom
                spacing: Theme.unit * 12

                Repeater {
                    model: 3

                    Rectangle {
                        required property int index

                        width: Theme.unit * 120
                        height: Math.max(1, Theme.unit * 3)
                        radius: height / 2
                        color: index < row.step ? Theme.accent : Theme.faint
                        opacity: index < row.step ? 1 : 0.4
                    }
                }
            }
        }
        TextLink {
            anchors.left: parent.left
            objectName: "withdraw-" + row.requestId
            visible: row.open && row.requestState !== "at-the-door"
            //: Takes a request back.
            text: qsTr("No longer needed")
            color: Theme.muted
            size: Theme.smallSize
            onTouched: row.mirror.withdrawRequest(row.requestId)
        }
    }
}

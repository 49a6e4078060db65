pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// One request on the requests page: who has it, when it comes, and a progress bar of three steps.
Item {
    id: row

    required property ViewModels.MirrorViewModel mirror
    required property string requestId
    required property string kind
    required property bool brings
    required property string requestState
    required property string name
    required property string size
    required property string colour
    required property string picture
    required property string outline
    required property string by
    required property string answer
    required property int minutes
    required property bool atDoor
    required property int waitedS
    required property bool searching
    required property string reached
    required property string whom
    required property int usual
    required property string lies
    required property bool open
    required property bool current
    required property bool canWithdraw
    required property bool forPiece
    required property int stepsDone
    required property string article
    required property bool canPutAside
    required property string note
    required property string notePrice
    required property int noteWeekday
    required property int noteDay
    required property int noteMonth
    // The only request on the page: shown larger.
    property bool large: false

    implicitHeight: Math.max(photo.visible ? photo.height : 0, details.height)
    opacity: current ? 1 : 0.75

    GarmentPicture {
        id: photo

        visible: row.forPiece
        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: row.large ? -Theme.unit * 24 : 0
        width: row.width * (row.large ? 0.47 : 0.235)
        height: Theme.unit * (row.large ? 560 : 290)
        pictures: row.mirror.pictures
        path: row.picture
        outline: row.outline
        faint: !row.current
    }
    Column {
        id: details

        anchors.left: row.forPiece ? photo.right : parent.left
        anchors.leftMargin: row.forPiece ? Theme.unit * 48 : 0
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit * 8

        Caption {
            width: parent.width
            text: SharedTexts.joined([SharedTexts.requestName(row.kind, row.name, row.size), row.colour])
        }
        Title {
            maxWidth: parent.width
            text: RequestTexts.title(row.requestState, row.brings, row.by, row.searching, row.answer)
            size: Theme.unit * (row.large ? 62 : 56)
        }
        BodyText {
            width: parent.width
            visible: text !== ""
            text: RequestTexts.detail(row.requestState, row.answer, row.minutes, row.waitedS, row.reached, row.whom, row.usual)
            color: Theme.muted
        }
        TailorNote {
            width: parent.width
            visible: row.note !== ""
            language: row.mirror.scene.language
            what: row.note
            price: row.notePrice
            weekday: row.noteWeekday
            day: row.noteDay
            month: row.noteMonth
        }
        BodyText {
            objectName: "without-us-" + row.requestId
            width: parent.width
            visible: row.requestState === "received" && row.reached === "nobody"
            text: RequestTexts.withoutUs(row.lies)
        }
        TextLink {
            anchors.left: parent.left
            objectName: "aside-" + row.requestId
            visible: row.canPutAside
            text: AsideTexts.offer
            size: Theme.smallSize
            onTouched: row.mirror.putAside(row.article, "")
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
                        color: index < row.stepsDone ? Theme.accent : Theme.faint
                        opacity: index < row.stepsDone ? 1 : 0.4
                    }
                }
            }
        }
        TextLink {
            anchors.left: parent.left
            objectName: "withdraw-" + row.requestId
            visible: row.canWithdraw
            //: Takes a request back.
            text: qsTr("No longer needed")
            color: Theme.muted
            size: Theme.smallSize
            onTouched: row.mirror.withdrawRequest(row.requestId)
        }
    }
}

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// A piece that is put aside: until when, and the code with which the shopper fetches it.
Item {
    id: row

    required property ViewModels.MirrorViewModel mirror
    required property string asideId
    required property string requestState
    required property string name
    required property string size
    required property string colour
    required property string picture
    required property string outline
    required property string code
    required property string by
    required property int day
    required property int month
    required property string time
    required property bool inRoom
    required property bool waits
    readonly property bool known: waits && code !== ""

    implicitHeight: Math.max(photo.height, details.height)
    opacity: waits ? 1 : 0.75

    GarmentPicture {
        id: photo

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: row.width * 0.235
        height: Theme.unit * 290
        pictures: row.mirror.pictures
        path: row.picture
        outline: row.outline
        faint: !row.waits
    }
    Column {
        id: details

        anchors.left: photo.right
        anchors.leftMargin: Theme.unit * 48
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit * 8

        Caption {
            width: parent.width
            text: SharedTexts.joined([SharedTexts.requestName("piece", row.name, row.size), row.colour])
        }
        Title {
            maxWidth: parent.width
            text: AsideTexts.title(row.requestState, row.by)
            size: Theme.unit * 56
        }
        BodyText {
            width: parent.width
            visible: row.known
            text: row.known ? AsideTexts.until(row.mirror.scene.language, row.day, row.month, row.time) : ""
        }
        BodyText {
            objectName: "code-" + row.asideId
            width: parent.width
            visible: row.known
            //: %1 is a short code of letters and digits, with which the shopper fetches the garment.
            text: SharedTexts.filled(qsTr("At the desk you need only this code: %1"), [row.code])
            color: Theme.accent
        }
        BodyText {
            width: parent.width
            visible: row.known && row.inRoom && row.requestState === "asked"
            color: Theme.muted
            text: qsTr("You can leave it hanging here.")
        }
        TextLink {
            anchors.left: parent.left
            objectName: "take-back-" + row.asideId
            visible: row.waits
            //: The garment need not be kept for the shopper any more.
            text: qsTr("No longer needed")
            color: Theme.muted
            size: Theme.smallSize
            onTouched: row.mirror.takeBackAside(row.asideId)
        }
    }
}

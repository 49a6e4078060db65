import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// A piece of a look that an associate shows: small picture, name, size, price, and where it is.
TouchArea {
    id: cell

    required property ViewModels.MirrorViewModel mirror
    required property string messageId
    required property string article
    required property string name
    required property string price
    required property string colour
    required property string size
    required property string picture
    required property string outline
    required property string place
    required property int count
    required property bool asked
    property real pictureHeight: Theme.unit * 120

    objectName: "message-piece-" + article
    label: [name, colour, facts.text, where.text].filter(one => one !== "").join(". ")
    implicitHeight: Math.max(Theme.minTouchSize, photo.height, words.height)
    onTouched: {
        photo.startTransition();
        mirror.openMessage(messageId, article);
    }

    GarmentPicture {
        id: photo

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: height * 0.77
        height: cell.pictureHeight
        pictures: cell.mirror.pictures
        path: cell.picture
        outline: cell.outline
    }
    Column {
        id: words

        anchors.left: photo.right
        anchors.leftMargin: Theme.unit * 16
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit * 2

        Title {
            maxWidth: parent.width
            text: cell.name
            size: Theme.unit * 30
        }
        Caption {
            id: facts

            width: parent.width
            text: SharedTexts.joined([cell.size, cell.price])
        }
        Caption {
            id: where

            width: parent.width
            visible: text !== ""
            color: Theme.accent
            text: cell.asked ? qsTr("Asked for") : cell.place === "" ? "" : SizeTexts.location(cell.place, cell.count, "")
        }
    }
}

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// A piece that waits for the shopper's appointment: small picture, name, size, and where it is.
TouchArea {
    id: cell

    required property ViewModels.MirrorViewModel mirror
    required property string article
    required property string name
    required property string price
    required property string colour
    required property string size
    required property string picture
    required property string outline
    required property string place
    required property string rail
    required property int look
    required property bool asked

    objectName: "prepared-" + article
    label: [name, where.text].join(". ")
    implicitHeight: details.y + details.height
    onTouched: {
        photo.startTransition();
        mirror.openPrepared(article);
    }

    GarmentPicture {
        id: photo

        anchors.horizontalCenter: parent.horizontalCenter
        width: parent.width * 0.8
        height: Theme.unit * 170
        pictures: cell.mirror.pictures
        path: cell.picture
        outline: cell.outline
    }
    Column {
        id: details

        anchors.top: photo.bottom
        anchors.topMargin: Theme.unit * 14
        width: parent.width
        spacing: Theme.unit * 2

        Title {
            maxWidth: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: cell.name
            size: Theme.unit * 30
        }
        Caption {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: SharedTexts.joined([cell.colour, cell.size, PreparedTexts.look(cell.look)])
        }
        Caption {
            id: where

            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            color: Theme.accent
            text: cell.asked ? qsTr("Asked for") : PreparedTexts.where(cell.place, cell.rail)
        }
    }
}

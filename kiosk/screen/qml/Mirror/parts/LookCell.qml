import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// A suggestion on the wardrobe page: small picture, name and, if `showReason` is set, the reason.
TouchArea {
    id: cell

    required property ViewModels.MirrorViewModel mirror
    required property string item
    required property string name
    required property string picture
    required property string outline
    required property string reason
    required property string about
    required property int count
    property bool showReason: true

    objectName: "look-" + item
    label: name
    implicitHeight: details.y + details.height
    onTouched: {
        photo.startTransition();
        mirror.openSuggestion(item);
    }

    GarmentPicture {
        id: photo

        anchors.horizontalCenter: parent.horizontalCenter
        width: parent.width * 0.8
        height: Theme.unit * (cell.showReason ? 200 : 150)
        pictures: cell.mirror.pictures
        path: cell.picture
        outline: cell.outline
    }
    Column {
        id: details

        anchors.top: photo.bottom
        anchors.topMargin: Theme.unit * 18
        width: parent.width
        spacing: Theme.unit * 4

        Title {
            maxWidth: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: cell.name
            size: Theme.unit * 32
        }
        Title {
            visible: cell.showReason
            maxWidth: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: LookTexts.reasonShort(cell.reason, cell.about)
            color: Theme.accent
            font.italic: Theme.italics
            size: Theme.unit * 32
        }
    }
}

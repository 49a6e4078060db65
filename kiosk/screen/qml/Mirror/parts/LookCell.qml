import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// A suggestion in the wardrobe's strip: small picture, name, and the reason where there is room for it.
TouchArea {
    id: cell

    required property ViewModels.MirrorViewModel mirror
    required property string item
    required property string name
    required property string picture
    required property string reason
    required property string about
    required property int count
    property bool reasoned: true

    objectName: "look-" + item
    label: name
    implicitHeight: words.y + words.height
    onTouched: {
        shot.leave();
        mirror.openSuggestion(item);
    }

    GarmentPicture {
        id: shot

        anchors.horizontalCenter: parent.horizontalCenter
        width: parent.width * 0.8
        height: Theme.unit * (cell.reasoned ? 200 : 150)
        pictures: cell.mirror.pictures
        path: cell.picture
    }
    Column {
        id: words

        anchors.top: shot.bottom
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
            visible: cell.reasoned
            maxWidth: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: LookTexts.reasonShort(cell.reason, cell.about)
            color: Theme.accent
            font.italic: Theme.italics
            size: Theme.unit * 32
        }
    }
}

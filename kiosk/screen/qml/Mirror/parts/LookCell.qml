import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// A suggestion in the wardrobe's strip: small picture, name, and the reason where there is room for it.
Touch {
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
        mirror.openLook(item);
    }

    Picture {
        id: shot

        anchors.horizontalCenter: parent.horizontalCenter
        width: parent.width * 0.8
        height: Theme.u * (cell.reasoned ? 200 : 150)
        pictures: cell.mirror.pictures
        path: cell.picture
    }
    Column {
        id: words

        anchors.top: shot.bottom
        anchors.topMargin: Theme.u * 18
        width: parent.width
        spacing: Theme.u * 4

        Title {
            room: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: cell.name
            size: Theme.u * 32
        }
        Title {
            visible: cell.reasoned
            room: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: LookWords.reasonShort(cell.reason, cell.about)
            color: Theme.gold
            font.italic: Theme.slanted
            size: Theme.u * 32
        }
    }
}

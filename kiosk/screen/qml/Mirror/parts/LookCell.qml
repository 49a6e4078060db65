import QtQuick
import Mirror
import Mirror.Glass as Facts

// A suggestion in the wardrobe's strip: small picture, name and the reason in a word.
Touch {
    id: cell

    required property Facts.MirrorView mirror
    required property string item
    required property string name
    required property string picture
    required property string reason
    required property string about
    required property int count

    objectName: "look-" + item
    label: name
    implicitHeight: Math.max(shot.height, words.height)
    onTouched: mirror.openLook(item)

    Picture {
        id: shot

        anchors.left: parent.left
        anchors.bottom: parent.bottom
        width: Theme.u * 116
        height: Theme.u * 164
        pictures: cell.mirror.pictures
        path: cell.picture
    }
    Column {
        id: words

        anchors.left: shot.right
        anchors.leftMargin: Theme.u * 18
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.u * 4

        Title {
            width: parent.width
            text: cell.name
            font.pixelSize: Theme.u * 32
        }
    }
}

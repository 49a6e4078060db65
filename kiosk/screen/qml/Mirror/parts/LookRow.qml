import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// A suggestion on its own page: picture, what it is, why it goes along, and "not this".
Item {
    id: row

    required property ViewModels.MirrorViewModel mirror
    required property string item
    required property string name
    required property string price
    required property string colour
    required property string size
    required property string picture
    required property string reason
    required property string about
    required property int count
    required property bool asked
    property real pictureHeight: Theme.u * 350

    implicitHeight: Math.max(pictureHeight, words.height)

    Touch {
        objectName: "look-" + row.item
        label: row.name
        width: parent.width
        height: parent.height - Theme.touch
        onTouched: {
            shot.leave();
            row.mirror.openLook(row.item);
        }
    }
    Picture {
        id: shot

        anchors.left: parent.left
        anchors.bottom: parent.bottom
        width: parent.width * 0.32
        height: row.pictureHeight
        pictures: row.mirror.pictures
        path: row.picture
    }
    Column {
        id: words

        anchors.left: shot.right
        anchors.leftMargin: Theme.u * 56
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.u * 8

        Title {
            room: parent.width
            text: row.name
            size: Theme.heading
        }
        Whisper {
            width: parent.width
            text: Words.listed([row.colour, row.size, row.price])
        }
        Title {
            room: parent.width
            topPadding: Theme.u * 10
            text: LookWords.reason(row.reason, row.about, row.count)
            color: Theme.gold
            font.italic: Theme.slanted
            size: Theme.lead
        }
        Row {
            anchors.left: parent.left
            spacing: Theme.u * 56

            Whisper {
                visible: row.asked
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Asked for")
                color: Theme.gold
            }
            Link {
                objectName: "not-this-" + row.item
                visible: !row.asked
                //: Takes a suggestion away. Short.
                text: qsTr("Not this")
                color: Theme.ash
                size: Theme.small
                onTouched: row.mirror.refuseLook(row.item)
            }
        }
    }
}

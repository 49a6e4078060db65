import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// A suggestion on the looks page: picture, details, the reason, and a link that dismisses it.
Item {
    id: row

    required property ViewModels.MirrorViewModel mirror
    required property string item
    required property string name
    required property string price
    required property string colour
    required property string size
    required property string picture
    required property string outline
    required property string reason
    required property string about
    required property int count
    required property bool asked
    property real pictureHeight: Theme.unit * 350

    implicitHeight: Math.max(pictureHeight, details.height)

    TouchArea {
        objectName: "look-" + row.item
        label: row.name
        width: parent.width
        height: parent.height - Theme.minTouchSize
        onTouched: {
            photo.startTransition();
            row.mirror.openSuggestion(row.item);
        }
    }
    GarmentPicture {
        id: photo

        anchors.left: parent.left
        anchors.bottom: parent.bottom
        width: parent.width * 0.32
        height: row.pictureHeight
        pictures: row.mirror.pictures
        path: row.picture
        outline: row.outline
    }
    Column {
        id: details

        anchors.left: photo.right
        anchors.leftMargin: Theme.unit * 56
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit * 8

        Title {
            maxWidth: parent.width
            text: row.name
            size: Theme.headingSize
        }
        Caption {
            width: parent.width
            text: SharedTexts.joined([row.colour, row.size, row.price])
        }
        Title {
            maxWidth: parent.width
            topPadding: Theme.unit * 10
            text: LookTexts.reason(row.reason, row.about, row.count)
            color: Theme.accent
            font.italic: Theme.italics
            size: Theme.leadSize
        }
        Row {
            anchors.left: parent.left
            spacing: Theme.unit * 56

            Caption {
                visible: row.asked
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Asked for")
                color: Theme.accent
            }
            TextLink {
                objectName: "not-this-" + row.item
                visible: !row.asked
                //: Takes a suggestion away. Short.
                text: qsTr("Not this")
                color: Theme.muted
                size: Theme.smallSize
                onTouched: row.mirror.dismissSuggestion(row.item)
            }
        }
    }
}

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// What an associate shows: a line of text in its own direction, a piece or a look whose pages a touch opens, or both.
Item {
    id: strip

    required property ViewModels.MirrorViewModel mirror
    readonly property ViewModels.Message message: mirror.scene.message

    visible: message.present
    height: visible ? Math.max(body.height, closeLink.height) + look.height + look.gap + Theme.unit * 56 : 0

    Rectangle {
        anchors.left: parent.left
        anchors.top: body.top
        anchors.bottom: parent.bottom
        width: Theme.unit * 5
        radius: width / 2
        color: Theme.accent
    }
    TouchArea {
        id: body

        objectName: "message"
        anchors.left: parent.left
        anchors.leftMargin: Theme.unit * 32
        anchors.right: closeLink.left
        anchors.rightMargin: Theme.unit * 24
        anchors.bottom: look.top
        anchors.bottomMargin: look.gap
        height: Math.max(Theme.minTouchSize, words.height, photo.visible ? photo.height : 0)
        label: [sender.text, line.text, piece.text].filter(one => one !== "").join(". ")
        enabled: strip.message.hasPiece
        onTouched: {
            photo.startTransition();
            strip.mirror.openMessage(strip.message.messageId, "");
        }

        GarmentPicture {
            id: photo

            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            visible: strip.message.hasPiece
            width: Theme.unit * 150
            height: Theme.unit * 190
            pictures: strip.mirror.pictures
            path: strip.message.picture
            outline: strip.message.outline
        }
        Column {
            id: words

            anchors.left: photo.visible ? photo.right : parent.left
            anchors.leftMargin: photo.visible ? Theme.unit * 24 : 0
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.unit * 6

            Caption {
                id: sender

                width: parent.width
                color: Theme.accent
                //: Over a message that an associate has written to the shopper. %1 is the associate's first name.
                text: SharedTexts.filled(qsTr("From %1"), [strip.message.by])
            }
            Title {
                id: line

                maxWidth: parent.width
                visible: text !== ""
                text: strip.message.text
                size: Theme.leadSize
                lineHeight: 1.06
                // The alignment is mirrored with the layout; this text keeps its own side.
                horizontalAlignment: strip.message.rightToLeft === Theme.rightToLeft ? Text.AlignLeft : Text.AlignRight
            }
            Caption {
                id: piece

                width: parent.width
                visible: strip.message.hasPiece
                text: SharedTexts.joined([strip.message.name, strip.message.colour, strip.message.size, strip.message.price])
            }
        }
    }
    MessageLook {
        id: look

        readonly property real gap: visible ? Theme.unit * 20 : 0

        objectName: "message-look"
        anchors.left: body.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: visible ? implicitHeight : 0
        visible: count > 0
        mirror: strip.mirror
    }
    TextLink {
        id: closeLink

        objectName: "close-message"
        anchors.right: parent.right
        anchors.verticalCenter: body.verticalCenter
        //: Takes an associate's message off the mirror. Short.
        text: qsTr("Close")
        color: Theme.muted
        size: Theme.smallSize
        atEnd: true
        onTouched: strip.mirror.closeMessage(strip.message.messageId)
    }
}

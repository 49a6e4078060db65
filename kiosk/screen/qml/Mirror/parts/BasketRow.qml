import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// One line of the basket; a touch takes the piece out or puts it back.
TouchArea {
    id: row

    required property ViewModels.MirrorViewModel mirror
    required property string piece
    required property string name
    required property string colour
    required property string size
    required property string price
    required property string picture
    required property bool taken
    // One text line each, for a long basket.
    property bool dense: false

    objectName: "line-" + piece
    label: name
    implicitHeight: details.height + Theme.unit * 8
    onTouched: mirror.toggleBasketLine(piece)

    GarmentPicture {
        id: photo

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.unit * 110
        height: Math.min(parent.height - Theme.unit * 14, Theme.unit * 150)
        pictures: row.mirror.pictures
        path: row.picture
        faint: !row.taken
        showLight: false
    }
    Column {
        id: details

        anchors.left: photo.right
        anchors.leftMargin: Theme.unit * 32
        anchors.right: priceText.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit * 2

        Title {
            maxWidth: parent.width
            text: row.dense && row.taken ? SharedTexts.requestName("", row.name, row.size) : row.name
            size: Theme.leadSize
            color: row.taken ? Theme.foreground : Theme.muted
        }
        Caption {
            width: parent.width
            visible: !row.dense || !row.taken
            text: row.taken ? SharedTexts.joined([row.colour, row.size]) : qsTr("stays here")
        }
    }
    BodyText {
        id: priceText

        anchors.right: checkMark.left
        anchors.rightMargin: Theme.unit * 36
        anchors.verticalCenter: parent.verticalCenter
        text: row.price
        color: row.taken ? Theme.foreground : Theme.faint
        font.strikeout: !row.taken
        wrapMode: Text.NoWrap
    }
    CheckMark {
        id: checkMark

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        checked: row.taken
    }
}

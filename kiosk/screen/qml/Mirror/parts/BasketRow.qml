import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// A piece in the basket; touched, it stays here or comes along again.
TouchArea {
    id: line

    required property ViewModels.MirrorViewModel mirror
    required property string epc
    required property string name
    required property string colour
    required property string size
    required property string price
    required property string picture
    required property bool taken
    // Many lines: each takes one row.
    property bool dense: false

    objectName: "line-" + epc
    label: name
    implicitHeight: words.height + Theme.unit * 8
    onTouched: mirror.toggleBasketLine(epc)

    GarmentPicture {
        id: shot

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.unit * 110
        height: Math.min(parent.height - Theme.unit * 14, Theme.unit * 150)
        pictures: line.mirror.pictures
        path: line.picture
        faint: !line.taken
        lit: false
    }
    Column {
        id: words

        anchors.left: shot.right
        anchors.leftMargin: Theme.unit * 32
        anchors.right: cost.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit * 2

        Title {
            maxWidth: parent.width
            text: line.dense && line.taken ? SharedTexts.requestName("", line.name, line.size) : line.name
            size: Theme.leadSize
            color: line.taken ? Theme.foreground : Theme.muted
        }
        Caption {
            width: parent.width
            visible: !line.dense || !line.taken
            text: line.taken ? SharedTexts.joined([line.colour, line.size]) : qsTr("stays here")
        }
    }
    BodyText {
        id: cost

        anchors.right: mark.left
        anchors.rightMargin: Theme.unit * 36
        anchors.verticalCenter: parent.verticalCenter
        text: line.price
        color: line.taken ? Theme.foreground : Theme.faint
        font.strikeout: !line.taken
        wrapMode: Text.NoWrap
    }
    CheckMark {
        id: mark

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        on: line.taken
    }
}

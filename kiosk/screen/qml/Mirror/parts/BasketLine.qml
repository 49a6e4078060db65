import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// A piece in the basket; touched, it stays here or comes along again.
Touch {
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
    implicitHeight: words.height + Theme.u * 8
    onTouched: mirror.toggle(epc)

    Picture {
        id: shot

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.u * 110
        height: Math.min(parent.height - Theme.u * 14, Theme.u * 150)
        pictures: line.mirror.pictures
        path: line.picture
        faint: !line.taken
        lit: false
    }
    Column {
        id: words

        anchors.left: shot.right
        anchors.leftMargin: Theme.u * 32
        anchors.right: cost.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.u * 2

        Title {
            room: parent.width
            text: line.dense && line.taken ? Words.asked("", line.name, line.size) : line.name
            size: Theme.lead
            color: line.taken ? Theme.ivory : Theme.ash
        }
        Whisper {
            width: parent.width
            visible: !line.dense || !line.taken
            text: line.taken ? Words.listed([line.colour, line.size]) : qsTr("stays here")
        }
    }
    Say {
        id: cost

        anchors.right: mark.left
        anchors.rightMargin: Theme.u * 36
        anchors.verticalCenter: parent.verticalCenter
        text: line.price
        color: line.taken ? Theme.ivory : Theme.smoke
        font.strikeout: !line.taken
        wrapMode: Text.NoWrap
    }
    Tick {
        id: mark

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        on: line.taken
    }
}

import QtQuick
import Mirror

// The one thing to do on a page: the only solid shape on the glass.
TouchArea {
    id: action

    required property string text

    label: text
    implicitWidth: Math.max(Theme.unit * 420, words.implicitWidth + Theme.unit * 128)
    implicitHeight: Math.max(Theme.unit * 108, words.height + Theme.unit * 56)
    opacity: 1

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: action.pressed ? Theme.accent : Theme.foreground
        antialiasing: true
    }
    BodyText {
        id: words

        anchors.centerIn: parent
        width: Math.min(implicitWidth, action.width - Theme.unit * 96)
        text: action.text
        color: Theme.dark
        font.pixelSize: Theme.unit * 34
        font.weight: Font.Medium
        lineHeight: 1.08
        horizontalAlignment: Text.AlignHCenter
    }
}

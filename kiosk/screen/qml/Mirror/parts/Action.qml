import QtQuick
import Mirror

// The one thing to do on a page: the only solid shape on the glass.
Touch {
    id: action

    required property string text

    label: text
    implicitWidth: Math.max(Theme.u * 420, words.implicitWidth + Theme.u * 128)
    implicitHeight: Math.max(Theme.u * 108, words.height + Theme.u * 56)
    opacity: 1

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: action.pressed ? Theme.gold : Theme.ivory
        antialiasing: true
    }
    Say {
        id: words

        anchors.centerIn: parent
        width: Math.min(implicitWidth, action.width - Theme.u * 96)
        text: action.text
        color: Theme.ink
        font.pixelSize: Theme.u * 34
        font.weight: Font.Medium
        lineHeight: 1.08
        horizontalAlignment: Text.AlignHCenter
    }
}

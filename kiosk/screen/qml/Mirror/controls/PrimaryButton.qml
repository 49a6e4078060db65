import QtQuick
import Mirror

// The main button of a page: a filled rounded rectangle.
TouchArea {
    id: button

    required property string text

    label: text
    implicitWidth: Math.max(Theme.unit * 420, labelText.implicitWidth + Theme.unit * 128)
    implicitHeight: Math.max(Theme.unit * 108, labelText.height + Theme.unit * 56)
    opacity: 1

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: button.pressed ? Theme.accent : Theme.foreground
        antialiasing: true
    }
    BodyText {
        id: labelText

        anchors.centerIn: parent
        width: Math.min(implicitWidth, button.width - Theme.unit * 96)
        text: button.text
        color: Theme.dark
        font.pixelSize: Theme.unit * 34
        font.weight: Font.Medium
        lineHeight: 1.08
        horizontalAlignment: Text.AlignHCenter
    }
}

import QtQuick
import Mirror

// A quiet way to somewhere: words over a hair of light.
Touch {
    id: link

    required property string text
    property color color: Theme.ivory
    property real size: Theme.body
    property bool underlined: true

    label: text
    implicitWidth: Math.max(Theme.touch, words.implicitWidth)
    implicitHeight: Math.max(Theme.touch, words.height + Theme.u * 40)

    Say {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        anchors.left: parent.left
        width: Math.min(implicitWidth, link.width)
        text: link.text
        color: link.color
        font.pixelSize: link.size
    }
    Rectangle {
        visible: link.underlined
        anchors.left: words.left
        anchors.top: words.bottom
        anchors.topMargin: Theme.u * 3
        width: words.width
        height: Math.max(1, Theme.u * 1.5)
        color: Theme.gold
        opacity: 0.7
    }
}

import QtQuick
import Mirror

// A quiet way to somewhere: words over a hair of light.
Touch {
    id: link

    required property string text
    property color color: Theme.ivory
    property real size: Theme.body
    property bool underlined: true
    // Words of a narrow link stand at its end instead of its beginning.
    property bool atEnd: false
    // The width to stay within; without it the words take one line.
    property real room: 0

    label: text
    implicitWidth: Math.max(Theme.touch, words.width)
    implicitHeight: Math.max(Theme.touch, words.height + Theme.u * 40)

    Say {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        x: link.atEnd !== link.LayoutMirroring.enabled ? link.width - width : 0
        width: link.room > 0 ? Math.min(implicitWidth, link.room) : implicitWidth
        text: link.text
        color: link.color
        font.pixelSize: link.size
    }
    Rectangle {
        visible: link.underlined
        x: words.x
        anchors.top: words.bottom
        anchors.topMargin: Theme.u * 3
        width: words.width
        height: Math.max(1, Theme.u * 1.5)
        color: Theme.gold
        opacity: 0.7
    }
}

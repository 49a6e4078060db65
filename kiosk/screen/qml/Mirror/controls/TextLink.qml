import QtQuick
import Mirror

// A quiet way to somewhere: words over a hair of light.
TouchArea {
    id: link

    required property string text
    property color color: Theme.foreground
    property real size: Theme.bodySize
    property bool underlined: true
    // Words of a narrow link stand at its end instead of its beginning.
    property bool atEnd: false
    // The width to stay within; without it the words take one line.
    property real maxWidth: 0

    label: text
    implicitWidth: Math.max(Theme.minTouchSize, words.width)
    implicitHeight: Math.max(Theme.minTouchSize, words.height + Theme.unit * 40)

    BodyText {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        x: link.atEnd !== link.LayoutMirroring.enabled ? link.width - width : 0
        width: link.maxWidth > 0 ? Math.min(implicitWidth, link.maxWidth) : implicitWidth
        text: link.text
        color: link.color
        font.pixelSize: link.size
    }
    Rectangle {
        visible: link.underlined
        x: words.x
        anchors.top: words.bottom
        anchors.topMargin: Theme.unit * 3
        width: words.width
        height: Math.max(1, Theme.unit * 1.5)
        color: Theme.accent
        opacity: 0.7
    }
}

import QtQuick
import Mirror

// Secondary button: text with a thin underline.
TouchArea {
    id: link

    required property string text
    property color color: Theme.foreground
    property real size: Theme.bodySize
    property bool underlined: true
    // Aligns a text that is narrower than the link with the end instead of the start.
    property bool atEnd: false
    // Width at which the text wraps; 0: one line.
    property real maxWidth: 0

    label: text
    implicitWidth: Math.max(Theme.minTouchSize, labelText.width)
    implicitHeight: Math.max(Theme.minTouchSize, labelText.height + Theme.unit * 40)

    BodyText {
        id: labelText

        anchors.verticalCenter: parent.verticalCenter
        x: link.atEnd !== link.LayoutMirroring.enabled ? link.width - width : 0
        width: link.maxWidth > 0 ? Math.min(implicitWidth, link.maxWidth) : implicitWidth
        text: link.text
        color: link.color
        font.pixelSize: link.size
    }
    Rectangle {
        visible: link.underlined
        x: labelText.x
        anchors.top: labelText.bottom
        anchors.topMargin: Theme.unit * 3
        width: labelText.width
        height: Math.max(1, Theme.unit * 1.5)
        color: Theme.accent
        opacity: 0.7
    }
}

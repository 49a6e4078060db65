import QtQuick
import Mirror

// A heading that leads somewhere: words in the display face and a fine chevron.
TouchArea {
    id: heading

    required property string text
    property color color: Theme.foreground

    label: text
    implicitHeight: Math.max(Theme.minTouchSize, words.height)

    Title {
        id: words

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        maxWidth: heading.width - Theme.unit * 48
        text: heading.text
        color: heading.color
        size: Theme.headingSize
    }
    Chevron {
        anchors.left: words.left
        anchors.leftMargin: words.contentWidth + Theme.unit * 22
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: Theme.unit * 4
    }
}

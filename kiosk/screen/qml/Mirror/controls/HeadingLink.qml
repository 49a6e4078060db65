import QtQuick
import Mirror

// Heading that opens a page: serif text and a chevron.
TouchArea {
    id: heading

    required property string text
    property color color: Theme.foreground

    label: text
    implicitHeight: Math.max(Theme.minTouchSize, headingText.height)

    Title {
        id: headingText

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        maxWidth: heading.width - Theme.unit * 48
        text: heading.text
        color: heading.color
        size: Theme.headingSize
    }
    Chevron {
        anchors.left: headingText.left
        anchors.leftMargin: headingText.contentWidth + Theme.unit * 22
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: Theme.unit * 4
    }
}

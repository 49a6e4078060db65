import QtQuick
import Mirror

// A heading that leads somewhere: words in the display face and a fine chevron.
Touch {
    id: heading

    required property string text
    property color color: Theme.ivory

    label: text
    implicitHeight: Math.max(Theme.touch, words.height)

    Title {
        id: words

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        room: heading.width - Theme.u * 48
        text: heading.text
        color: heading.color
        size: Theme.heading
    }
    Chevron {
        anchors.left: words.left
        anchors.leftMargin: words.contentWidth + Theme.u * 22
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: Theme.u * 4
    }
}

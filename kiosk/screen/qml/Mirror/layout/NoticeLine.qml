import QtQuick
import Mirror

// One line of text above the footer for a notice such as "the store cannot be reached".
Item {
    id: line

    required property string notice
    property string shownNotice: ""

    height: notice === "" ? Theme.unit * 28 : noticeText.height + Theme.unit * 60
    opacity: notice === "" ? 0 : 1
    onNoticeChanged: if (notice !== "")
        shownNotice = notice

    Behavior on opacity {
        enabled: !Theme.noMotion

        NumberAnimation {
            duration: Theme.mediumMs
        }
    }

    Rectangle {
        id: dot

        anchors.left: parent.left
        y: noticeText.y + Theme.unit * 13
        width: Theme.unit * 10
        height: width
        radius: width / 2
        color: Theme.accent
    }
    BodyText {
        id: noticeText

        anchors.left: dot.right
        anchors.right: parent.right
        anchors.leftMargin: Theme.unit * 20
        anchors.verticalCenter: parent.verticalCenter
        text: SharedTexts.notice(line.shownNotice)
        font.pixelSize: Theme.smallSize
    }
}

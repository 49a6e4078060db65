import QtQuick
import Mirror

// Puts a piece into the basket by one touch, and takes it out by one.
TouchArea {
    id: toggle

    required property bool chosen
    // For narrow columns.
    property bool small: false

    label: SharedTexts.choice(chosen)
    Accessible.checkable: true
    Accessible.checked: chosen
    implicitWidth: content.width
    implicitHeight: Math.max(Theme.minTouchSize, content.height + Theme.unit * 24)

    Row {
        id: content

        anchors.centerIn: parent
        spacing: Theme.unit * (toggle.small ? 12 : 18)

        CheckMark {
            id: checkMark

            anchors.verticalCenter: parent.verticalCenter
            checked: toggle.chosen
            scale: toggle.small ? 0.85 : 1
        }
        BodyText {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, toggle.width - checkMark.width - parent.spacing)
            text: SharedTexts.choice(toggle.chosen)
            font.pixelSize: toggle.small ? Theme.smallSize : Theme.bodySize
            color: toggle.chosen ? Theme.accent : Theme.foreground
            lineHeight: 1.04
        }
    }
}

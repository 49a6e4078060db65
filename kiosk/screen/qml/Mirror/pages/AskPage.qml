pragma ComponentBehavior: Bound

import QtQuick
import Mirror

// Service requests that are not about a garment: help, and what else the shop offers.
PageFrame {
    id: page

    spacing: Theme.unit * 30

    Title {
        maxWidth: page.innerWidth
        text: qsTr("What may we do for you?")
    }
    Column {
        width: page.innerWidth

        Repeater {
            model: page.scene.services

            ServiceRow {
                width: page.innerWidth
                mirror: page.mirror
            }
        }
        TouchArea {
            id: otherSize

            objectName: "ask-size"
            label: otherSizeText.text
            width: page.innerWidth
            height: Math.max(Theme.unit * 150, otherSizeTexts.height + Theme.unit * 30)
            visible: page.scene.pieces.count > 0
            onTouched: page.mirror.openPage("wardrobe")

            ServiceSign {
                id: hanger

                anchors.left: parent.left
                anchors.verticalCenter: parent.verticalCenter
                path: "M10 6a2 2 0 1 1 3 1.7c-.7.4-1 .8-1 1.8L21 16c.8.6.4 2-.6 2H3.6c-1 0-1.4-1.4-.6-2l9-6.5"
            }
            Column {
                id: otherSizeTexts

                anchors.left: hanger.right
                anchors.leftMargin: Theme.unit * 36
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.unit * 4

                Title {
                    id: otherSizeText

                    maxWidth: parent.width
                    text: qsTr("Another size or colour")
                    size: Theme.unit * 58
                }
                Caption {
                    width: parent.width
                    text: qsTr("touch the piece, then the size")
                }
            }
        }
    }
    BodyText {
        objectName: "promise"
        width: page.innerWidth
        color: Theme.accent
        text: page.scene.staff.length > 0 ? SharedTexts.staffOnDuty(page.scene.staff, page.scene.staffMinutes) : qsTr("Nobody is signed in at the rooms just now; whoever comes sees your call first.")
    }
}

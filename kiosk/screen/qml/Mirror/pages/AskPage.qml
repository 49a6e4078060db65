pragma ComponentBehavior: Bound

import QtQuick
import Mirror

// Service requests that are not about a garment: help, alteration, drink.
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
            model: ["help", "alteration", "drink"]

            TouchArea {
                id: request

                required property string modelData

                objectName: "ask-" + modelData
                label: nameText.text
                width: page.innerWidth
                height: Math.max(Theme.unit * 150, texts.height + Theme.unit * 30)
                onTouched: page.mirror.requestService(modelData, "", false)

                Column {
                    id: texts

                    width: parent.width
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Theme.unit * 4

                    Title {
                        id: nameText

                        maxWidth: parent.width
                        text: SharedTexts.requestName(request.modelData, "", "")
                        size: Theme.unit * 58
                    }
                    Caption {
                        width: parent.width
                        text: request.modelData === "help" ? qsTr("for a look, a size, an opinion") : request.modelData === "alteration" ? qsTr("we pin it here, on you") : qsTr("water, coffee or tea")
                    }
                }
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

            Column {
                id: otherSizeTexts

                width: parent.width
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

pragma ComponentBehavior: Bound

import QtQuick
import Mirror

// Asking for a person or a thing that is not a garment.
PageFrame {
    id: page

    spacing: Theme.u * 30

    Title {
        room: page.inner
        text: qsTr("What may we do for you?")
    }
    Column {
        width: page.inner

        Repeater {
            model: ["help", "alteration", "drink"]

            Touch {
                id: wish

                required property string modelData

                objectName: "ask-" + modelData
                label: name.text
                width: page.inner
                height: Math.max(Theme.u * 150, lines.height + Theme.u * 30)
                onTouched: page.mirror.ask(modelData, "", false)

                Column {
                    id: lines

                    width: parent.width
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Theme.u * 4

                    Title {
                        id: name

                        room: parent.width
                        text: Words.asked(wish.modelData, "", "")
                        size: Theme.u * 58
                    }
                    Whisper {
                        width: parent.width
                        text: wish.modelData === "help" ? qsTr("for a look, a size, an opinion") : wish.modelData === "alteration" ? qsTr("we pin it here, on you") : qsTr("water, coffee or tea")
                    }
                }
            }
        }
        Touch {
            id: size

            objectName: "ask-size"
            label: sizeName.text
            width: page.inner
            height: Math.max(Theme.u * 150, sizeLines.height + Theme.u * 30)
            visible: page.scene.pieces.count > 0
            onTouched: page.mirror.goTo("wardrobe")

            Column {
                id: sizeLines

                width: parent.width
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.u * 4

                Title {
                    id: sizeName

                    room: parent.width
                    text: qsTr("Another size or colour")
                    size: Theme.u * 58
                }
                Whisper {
                    width: parent.width
                    text: qsTr("touch the piece, then the size")
                }
            }
        }
    }
    Say {
        objectName: "promise"
        width: page.inner
        color: Theme.gold
        text: page.scene.staff.length > 0 ? Words.promise(page.scene.staff, page.scene.staffMinutes) : qsTr("Nobody is signed in at the rooms just now; whoever comes sees your call first.")
    }
}

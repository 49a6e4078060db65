import QtQuick
import Mirror

// What hangs with the shopper, what goes along with it, and what is on its way.
PageFrame {
    id: page

    readonly property int many: scene.pieces.count
    readonly property int columns: many <= 3 ? Math.max(1, many) : many <= 6 ? 3 : 4
    readonly property int rows: Math.ceil(many / columns)
    readonly property real shot: Theme.u * (many === 1 ? 640 : many === 2 ? 520 : rows === 1 ? 400 : rows === 2 ? (columns === 3 ? 290 : 240) : 196)
    readonly property real between: Theme.u * (columns === 4 ? 28 : 40)

    spacing: Theme.u * 36

    Title {
        width: page.inner
        //: Over the garments that hang in the shopper's room.
        text: page.scene.firstName !== "" ? qsTr("With you, %1").arg(page.scene.firstName) : qsTr("With you")
    }
    Say {
        width: Math.min(page.inner, Theme.u * 760)
        visible: page.many === 0
        color: Theme.ash
        font.pixelSize: Theme.lead
        text: qsTr("Hang your pieces here. They appear by themselves.")
    }
    Grid {
        id: rail

        visible: page.many > 0
        width: page.inner
        columns: page.columns
        columnSpacing: page.between
        rowSpacing: Theme.u * 30

        add: Transition {
            NumberAnimation {
                properties: "opacity"
                from: 0
                to: 1
                duration: Theme.calm
                easing.type: Easing.OutCubic
            }
        }
        move: Transition {
            NumberAnimation {
                properties: "x,y"
                duration: Theme.calm
                easing.type: Easing.OutCubic
            }
        }

        Repeater {
            model: page.scene.pieces

            PieceCell {
                width: (page.inner - (page.columns - 1) * page.between) / page.columns
                mirror: page.mirror
                pictureHeight: page.shot
                nameSize: page.columns === 4 ? Theme.u * 32 : Theme.lead
            }
        }
    }
    Column {
        width: page.inner
        spacing: Theme.u * 20
        visible: page.scene.looks.count > 0 && page.rows < 3

        Link {
            objectName: "looks"
            //: Over the suggestions that go along with the garments in the room.
            text: qsTr("Goes with it")
            size: Theme.lead
            onTouched: page.mirror.goTo("look")
        }
        Row {
            spacing: page.between

            Repeater {
                model: page.scene.looks

                LookCell {
                    required property int index

                    visible: index < 3
                    width: (page.inner - 2 * page.between) / 3
                    mirror: page.mirror
                }
            }
        }
    }
    Column {
        width: page.inner

        Repeater {
            model: page.scene.requests

            RequestLine {
                visible: ["sending", "unsent", "received", "claimed", "at-the-door", "declined"].includes(requestState)
                width: page.inner
                mirror: page.mirror
            }
        }
    }
    Action {
        objectName: "action"
        visible: page.scene.basket.count > 0
        //: Opens the basket; %1 is the total.
        text: qsTr("Basket  %1").arg(page.scene.basket.total)
        anchors.right: parent.right
        onTouched: page.mirror.goTo("basket")
    }
}

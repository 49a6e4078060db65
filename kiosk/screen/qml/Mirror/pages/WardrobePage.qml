pragma ComponentBehavior: Bound

import QtQuick
import Mirror

// What hangs with the shopper, what goes along with it, and what is on its way.
PageFrame {
    id: page

    readonly property int many: scene.pieces.count
    readonly property int columns: many <= 4 ? Math.max(1, many) : many <= 6 ? 3 : 4
    readonly property int rows: Math.ceil(many / columns)
    readonly property real shot: Theme.u * (many === 1 ? 640 : many === 2 ? 540 : many === 3 ? 430 : many === 4 ? 340 : many <= 6 ? 300 : many <= 8 ? 250 : 200)
    readonly property real between: Theme.u * (columns === 4 ? 24 : 36)

    // New pieces come in from the side of the door.
    readonly property real fromDoor: Theme.travel * (scene.rightToLeft ? -4 : 4)
    property var rooms: []

    // The height that the names of each row need.
    function measure() {
        const found = [];
        for (let n = 0; n < cells.count; n++) {
            const cell = cells.itemAt(n) as PieceCell;
            const row = Math.floor(n / columns);
            if (cell !== null)
                found[row] = Math.max(found[row] ?? 0, cell.nameHeight);
        }
        rooms = found;
    }

    onColumnsChanged: measure()
    spacing: Theme.u * 30

    Title {
        room: page.inner
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
        topPadding: Theme.u * 14
        columnSpacing: page.between
        rowSpacing: Theme.u * 30

        add: Transition {
            id: comes

            NumberAnimation {
                properties: "opacity"
                from: 0
                to: Theme.full
                duration: Theme.calm
                easing.type: Easing.OutCubic
            }
            NumberAnimation {
                properties: "x"
                from: comes.ViewTransition.destination.x - page.fromDoor
                duration: Theme.slow
                easing.type: Easing.OutCubic
            }
        }
        move: Transition {
            NumberAnimation {
                properties: "x,y"
                duration: Theme.calm
                easing.type: Easing.OutCubic
            }
            // A piece that was still coming when the row moved must not stay half seen.
            NumberAnimation {
                properties: "opacity"
                to: Theme.full
                duration: Theme.calm
                easing.type: Easing.OutCubic
            }
        }

        Repeater {
            id: cells

            model: page.scene.pieces

            PieceCell {
                required property int index

                nameRoom: page.rooms[Math.floor(index / page.columns)] ?? 0
                onNameHeightChanged: page.measure()
                width: (page.inner - (page.columns - 1) * page.between) / page.columns
                mirror: page.mirror
                pictureHeight: page.shot
                nameSize: page.many === 1 ? Theme.u * 56 : page.many === 2 ? Theme.u * 46 : page.columns === 4 ? Theme.u * 32 : Theme.u * 37
            }
        }
    }
    Column {
        width: page.inner
        spacing: Theme.u * 8
        visible: page.scene.looks.count > 0 && page.rows < 3

        Heading {
            objectName: "looks"
            //: Over the suggestions that go along with the garments in the room.
            text: qsTr("Goes with it")
            width: page.inner
            onTouched: page.mirror.goTo("look")
        }
        Row {
            width: page.inner
            spacing: page.between

            Repeater {
                model: page.scene.looks

                LookCell {
                    required property int index

                    visible: index < 3
                    width: (page.inner - 2 * page.between) / 3
                    mirror: page.mirror
                    reasoned: page.rows === 1
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
    SumLine {
        objectName: "basket"
        width: page.inner
        visible: page.scene.basket.count > 0
        //: Opens the basket. The sum stands beside it.
        text: qsTr("Basket")
        total: page.scene.basket.total
        onTouched: page.mirror.goTo("basket")
    }
}

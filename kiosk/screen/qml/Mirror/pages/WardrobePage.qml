pragma ComponentBehavior: Bound

import QtQuick
import Mirror

// What hangs with the shopper, what goes along with it, and what is on its way.
PageFrame {
    id: page

    readonly property int many: scene.pieces.count
    readonly property int columns: many <= 4 ? Math.max(1, many) : many <= 6 ? 3 : 4
    readonly property int rows: Math.ceil(many / columns)
    readonly property real shot: Theme.unit * (many === 1 ? 640 : many === 2 ? 540 : many === 3 ? 430 : many === 4 ? 340 : many <= 6 ? 300 : many <= 8 ? 250 : 200)
    readonly property real between: Theme.unit * (columns === 4 ? 24 : 36)

    // New pieces come in from the side of the door.
    readonly property real fromDoor: Theme.slideDistance * (scene.rightToLeft ? -4 : 4)
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
    spacing: Theme.unit * 30

    Title {
        maxWidth: page.innerWidth
        //: Over the garments that hang in the shopper's room.
        text: page.scene.firstName !== "" ? qsTr("With you, %1").arg(page.scene.firstName) : qsTr("With you")
    }
    BodyText {
        width: Math.min(page.innerWidth, Theme.unit * 760)
        visible: page.many === 0
        color: Theme.muted
        font.pixelSize: Theme.leadSize
        text: qsTr("Hang your pieces here. They appear by themselves.")
    }
    Grid {
        id: rail

        visible: page.many > 0
        width: page.innerWidth
        columns: page.columns
        topPadding: Theme.unit * 14
        columnSpacing: page.between
        rowSpacing: Theme.unit * 30

        add: Transition {
            id: comes

            NumberAnimation {
                properties: "opacity"
                from: 0
                to: Theme.fullOpacity
                duration: Theme.mediumMs
                easing.type: Easing.OutCubic
            }
            NumberAnimation {
                properties: "x"
                from: comes.ViewTransition.destination.x - page.fromDoor
                duration: Theme.longMs
                easing.type: Easing.OutCubic
            }
        }
        move: Transition {
            NumberAnimation {
                properties: "x,y"
                duration: Theme.mediumMs
                easing.type: Easing.OutCubic
            }
            // A piece that was still coming when the row moved must not stay half seen.
            NumberAnimation {
                properties: "opacity"
                to: Theme.fullOpacity
                duration: Theme.mediumMs
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
                width: (page.innerWidth - (page.columns - 1) * page.between) / page.columns
                mirror: page.mirror
                pictureHeight: page.shot
                nameSize: page.many === 1 ? Theme.unit * 56 : page.many === 2 ? Theme.unit * 46 : page.columns === 4 ? Theme.unit * 32 : Theme.unit * 37
            }
        }
    }
    Column {
        width: page.innerWidth
        spacing: Theme.unit * 8
        visible: page.scene.looks.count > 0 && page.rows < 3

        HeadingLink {
            objectName: "looks"
            //: Over the suggestions that go along with the garments in the room.
            text: qsTr("Goes with it")
            width: page.innerWidth
            onTouched: page.mirror.openPage("look")
        }
        Row {
            width: page.innerWidth
            spacing: page.between

            Repeater {
                model: page.scene.looks

                LookCell {
                    required property int index

                    visible: index < 3
                    width: (page.innerWidth - 2 * page.between) / 3
                    mirror: page.mirror
                    reasoned: page.rows === 1
                }
            }
        }
    }
    Column {
        width: page.innerWidth

        Repeater {
            model: page.scene.requests

            RequestLine {
                visible: ["sending", "unsent", "received", "claimed", "at-the-door", "declined"].includes(requestState)
                width: page.innerWidth
                mirror: page.mirror
            }
        }
    }
    BasketLink {
        objectName: "basket"
        width: page.innerWidth
        visible: page.scene.basket.count > 0
        //: Opens the basket. The sum stands beside it.
        text: qsTr("Basket")
        total: page.scene.basket.total
        onTouched: page.mirror.openPage("basket")
    }
}

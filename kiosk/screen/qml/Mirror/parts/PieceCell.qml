import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// One piece of the room: its picture in the light, its name, size and price. Faint while it is not certain to be here.
Item {
    id: cell

    required property ViewModels.MirrorViewModel mirror
    required property string epc
    required property string name
    required property string price
    required property string colour
    required property string size
    required property string picture
    required property bool faint
    required property bool unknown
    required property bool bought
    required property string advised
    property real pictureHeight: Theme.u * 400
    property real nameSize: Theme.lead
    // Names of a row end on one line, however many lines they take.
    property real nameRoom: 0
    readonly property real nameHeight: called.implicitHeight

    implicitHeight: column.height

    Touch {
        objectName: "piece-" + cell.epc
        label: cell.name
        width: parent.width
        height: cell.pictureHeight + words.height + Theme.u * 20
        onTouched: {
            if (cell.unknown)
                return cell.mirror.goTo("ask");
            shot.leave();
            cell.mirror.openPiece(cell.epc);
        }
    }
    Column {
        id: column

        width: parent.width

        Picture {
            id: shot

            // PictureLoader have air at their sides; it may lie over that of their neighbours.
            x: (parent.width - width) / 2
            width: Math.max(parent.width, Math.min(parent.width * 1.22, height * 0.8))
            height: cell.pictureHeight
            pictures: cell.mirror.pictures
            path: cell.picture
            faint: cell.faint
        }
        Item {
            width: 1
            height: Theme.u * 26
        }
        Column {
            id: words

            width: parent.width
            spacing: Theme.u * 4

            Title {
                id: called

                room: parent.width
                height: Math.max(implicitHeight, cell.nameRoom)
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignBottom
                //: A garment that is not in the catalogue.
                text: cell.unknown ? qsTr("New to us") : cell.name
                size: cell.nameSize
                color: cell.faint ? Theme.ash : Theme.ivory
            }
            Whisper {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: cell.unknown ? qsTr("We do not know this piece yet. Ask us about it.") : Words.listed([cell.size, cell.price])
            }
            Title {
                room: parent.width
                horizontalAlignment: Text.AlignHCenter
                visible: !cell.faint && (cell.bought || cell.advised !== "")
                //: At a piece that has been paid; and at one of which another size is advised (%1).
                text: cell.bought ? qsTr("yours") : qsTr("try %1").arg(cell.advised)
                color: Theme.gold
                font.italic: Theme.slanted
                size: Theme.u * 36
            }
            Whisper {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                visible: cell.faint && !cell.unknown
                topPadding: Theme.u * 6
                text: qsTr("Is this yours?")
                color: Theme.ivory
            }
        }
        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: cell.faint && !cell.unknown
            spacing: Theme.u * 28

            Link {
                objectName: "mine-" + cell.epc
                text: qsTr("Yes")
                onTouched: cell.mirror.sayMine(cell.epc, true)
            }
            Link {
                objectName: "not-mine-" + cell.epc
                text: qsTr("Not mine")
                onTouched: cell.mirror.sayMine(cell.epc, false)
            }
        }
    }
}

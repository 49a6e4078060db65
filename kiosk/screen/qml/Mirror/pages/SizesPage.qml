pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// All sizes and colours of a garment, where each lies in words, and how old that knowledge is.
PageFrame {
    id: page

    readonly property ViewModels.Garment garment: scene.garment

    spacing: Theme.u * 30

    Item {
        width: page.inner
        height: Math.max(words.height, Theme.u * 240)

        Picture {
            id: shot

            anchors.left: parent.left
            anchors.bottom: parent.bottom
            width: Theme.u * 200
            height: Theme.u * 240
            pictures: page.mirror.pictures
            path: page.garment.picture
        }
        Column {
            id: words

            anchors.left: shot.right
            anchors.leftMargin: Theme.u * 40
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            spacing: Theme.u * 6

            Title {
                room: parent.width
                text: page.garment.name
            }
            Whisper {
                width: parent.width
                text: Words.listed([page.garment.colour, page.garment.price])
                font.pixelSize: Theme.body
            }
            Row {
                anchors.left: parent.left
                visible: page.garment.swatches.count > 1
                spacing: Theme.u * 8

                Repeater {
                    model: page.garment.swatches

                    SwatchDot {
                        onTouched: page.mirror.chooseColour(code)
                    }
                }
            }
        }
    }
    Column {
        width: page.inner

        Repeater {
            model: page.garment.sizes

            SizeRow {
                width: page.inner
                height: Theme.u * (page.garment.sizes.count > 7 ? 88 : 104)
                onTouched: page.mirror.chooseSize(size)
            }
        }
    }
    Whisper {
        width: page.inner
        text: SizeWords.counted(page.garment.stockMinutes)
        color: Theme.smoke
    }
    OfferActions {
        width: page.inner
        mirror: page.mirror
    }
}

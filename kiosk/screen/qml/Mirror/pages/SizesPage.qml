pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// All sizes and colours of a garment, where each can be had, and the age of the stock count.
PageFrame {
    id: page

    readonly property ViewModels.Garment garment: scene.garment

    spacing: Theme.unit * 30

    Item {
        width: page.innerWidth
        height: Math.max(details.height, Theme.unit * 240)

        GarmentPicture {
            id: photo

            anchors.left: parent.left
            anchors.bottom: parent.bottom
            width: Theme.unit * 200
            height: Theme.unit * 240
            pictures: page.mirror.pictures
            path: page.garment.picture
            outline: page.garment.outline
        }
        Column {
            id: details

            anchors.left: photo.right
            anchors.leftMargin: Theme.unit * 40
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            spacing: Theme.unit * 6

            Title {
                maxWidth: parent.width
                text: page.garment.name
            }
            Caption {
                width: parent.width
                text: SharedTexts.joined([page.garment.colour, page.garment.price, SharedTexts.priceBefore(page.garment.priceBefore)])
                font.pixelSize: Theme.bodySize
            }
            Caption {
                objectName: "lowest-price"
                width: parent.width
                visible: text !== ""
                text: SharedTexts.lowestPrice(page.garment.lowestPrice)
            }
            Row {
                anchors.left: parent.left
                visible: page.garment.swatches.count > 1
                spacing: Theme.unit * 8

                Repeater {
                    model: page.garment.swatches

                    ColourDot {
                        onTouched: page.mirror.chooseColour(code)
                    }
                }
            }
        }
    }
    Column {
        width: page.innerWidth

        Repeater {
            model: page.garment.sizes

            SizeRow {
                width: page.innerWidth
                height: Theme.unit * (page.garment.sizes.count > 7 ? 88 : 104)
                onTouched: page.mirror.chooseSize(size)
            }
        }
    }
    Caption {
        width: page.innerWidth
        visible: text !== ""
        text: SizeTexts.stockAge(page.garment.stockMinutes)
        color: Theme.faint
    }
    OfferActions {
        width: page.innerWidth
        mirror: page.mirror
    }
}

import QtQuick
import Mirror
import Mirror.Glass as Facts

// One garment: its picture, its story, its colours and sizes, the advice, and the one thing to do.
PageFrame {
    id: page

    readonly property Facts.GarmentFacts garment: scene.garment
    readonly property int sizeCount: garment.sizes.count

    spacing: Theme.u * 30

    Item {
        width: page.inner
        height: Math.max(words.height, Theme.u * 640)

        Picture {
            anchors.left: parent.left
            anchors.bottom: parent.bottom
            width: Theme.u * 470
            height: Math.min(parent.height, Theme.u * 760)
            pictures: page.mirror.pictures
            path: page.garment.picture
        }
        Column {
            id: words

            anchors.right: parent.right
            anchors.bottom: parent.bottom
            width: Theme.u * 426
            spacing: Theme.u * 14

            Title {
                width: parent.width
                text: page.garment.name
                font.pixelSize: Theme.u * 68
            }
            Whisper {
                width: parent.width
                text: [page.garment.colour, page.garment.price].filter(one => one !== "").join("  ·  ")
                font.pixelSize: Theme.body
            }
            Say {
                width: parent.width
                topPadding: Theme.u * 8
                visible: text !== ""
                text: page.garment.reason !== "" ? Words.lookReason(page.garment.reason, page.garment.about, page.garment.count) : page.garment.story
            }
            Whisper {
                width: parent.width
                visible: text !== ""
                text: [page.garment.material, page.garment.origin].filter(one => one !== "").join("\n")
            }
            AdviceWords {
                width: parent.width
                topPadding: Theme.u * 18
                advice: page.garment.advice
                held: page.garment.size
            }
        }
    }
    Row {
        visible: page.garment.swatches.count > 1
        spacing: Theme.u * 12

        Repeater {
            model: page.garment.swatches

            SwatchDot {
                onTouched: page.mirror.chooseColour(code)
            }
        }
    }
    Row {
        id: sizes

        readonly property int shown: Math.min(page.sizeCount, 6)

        width: page.inner

        Repeater {
            model: page.garment.sizes

            SizeChoice {
                width: page.inner / Math.max(1, page.sizeCount)
                letters: Theme.u * (page.sizeCount > 7 ? 44 : 54)
                onTouched: page.mirror.chooseSize(size)
            }
        }
    }
    OfferActions {
        width: page.inner
        mirror: page.mirror
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// One garment: its picture, its story, its colours and sizes, the advice, and the one thing to do.
PageFrame {
    id: page

    readonly property ViewModels.Garment garment: scene.garment
    readonly property int many: garment.sizes.count
    readonly property int columns: many <= 6 ? Math.max(1, many) : Math.ceil(many / 2)

    spacing: Theme.u * 34

    Item {
        width: page.inner
        height: Math.max(words.height, Theme.u * 700) + Theme.u * 26

        Picture {
            objectName: "hero"
            anchors.left: parent.left
            anchors.leftMargin: -Theme.u * 42
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.u * 26
            width: page.inner * 0.581
            height: Math.min(parent.height - Theme.u * 26, Theme.u * 760)
            Component.onCompleted: Qt.callLater(arrive)
            pictures: page.mirror.pictures
            path: page.garment.picture
        }
        Column {
            id: words

            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.u * 26
            width: page.inner * 0.449
            spacing: Theme.u * 10

            Title {
                room: parent.width
                text: page.garment.name
                size: Theme.u * 70
            }
            Say {
                width: parent.width
                text: page.garment.price
            }
            Flow {
                visible: page.garment.swatches.count > 1
                width: parent.width + Theme.u * 12
                x: LayoutMirroring.enabled ? 0 : -Theme.u * 12

                Repeater {
                    model: page.garment.swatches

                    SwatchDot {
                        onTouched: page.mirror.chooseColour(code)
                    }
                }
            }
            Whisper {
                width: parent.width
                text: Words.listed([page.garment.colour, page.garment.also])
            }
            Title {
                room: parent.width
                topPadding: Theme.u * 14
                visible: text !== ""
                text: page.garment.story
                size: Theme.u * 36
                lineHeight: 1.06
            }
            Whisper {
                width: parent.width
                topPadding: Theme.u * 6
                visible: text !== ""
                text: [page.garment.material, page.garment.origin].filter(one => one !== "").join("\n")
            }
            Title {
                room: parent.width
                topPadding: Theme.u * 14
                visible: text !== ""
                text: LookWords.reason(page.garment.reason, page.garment.about, page.garment.count)
                color: Theme.gold
                font.italic: Theme.slanted
                size: Theme.lead
            }
            AdviceWords {
                width: parent.width
                topPadding: Theme.u * 20
                advice: page.garment.advice
                onAsked: page.mirror.askFit()
            }
        }
    }
    Grid {
        width: page.inner
        columns: page.columns
        rowSpacing: Theme.u * 10
        visible: page.many > 0

        Repeater {
            model: page.garment.sizes

            SizeChoice {
                width: page.inner / page.columns
                onTouched: page.mirror.chooseSize(size)
            }
        }
    }
    FeelLines {
        anchors.horizontalCenter: parent.horizontalCenter
        room: page.inner
        mirror: page.mirror
    }
    OfferActions {
        width: page.inner
        mirror: page.mirror
        sizesLink: page.many > 0
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// One garment: picture, description, colours, sizes, size advice, and what can be done.
PageFrame {
    id: page

    readonly property ViewModels.Garment garment: scene.garment
    readonly property int sizeCount: garment.sizes.count
    readonly property list<string> photos: garment.pictures
    // Which picture is shown; the first again for another garment or colour.
    property int shownPhoto: 0
    readonly property int columns: sizeCount <= 6 ? Math.max(1, sizeCount) : Math.ceil(sizeCount / 2)

    spacing: Theme.unit * 34
    onPhotosChanged: shownPhoto = 0

    Item {
        width: page.innerWidth
        height: Math.max(details.height, Theme.unit * 700) + Theme.unit * 26

        GarmentPicture {
            id: hero

            objectName: "hero"
            anchors.left: parent.left
            anchors.leftMargin: -Theme.unit * 42
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.unit * 26
            width: page.innerWidth * 0.581
            height: Math.min(parent.height - Theme.unit * 26, Theme.unit * 760)
            Component.onCompleted: Qt.callLater(finishTransition)
            pictures: page.mirror.pictures
            path: page.photos[page.shownPhoto] ?? page.garment.picture
            outline: page.garment.outline
        }
        PictureSteps {
            anchors.horizontalCenter: hero.horizontalCenter
            anchors.top: hero.top
            width: hero.width
            height: hero.height
            count: page.photos.length
            shown: page.shownPhoto
            onTouched: page.shownPhoto = (page.shownPhoto + 1) % page.photos.length
        }
        Column {
            id: details

            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.unit * 26
            width: page.innerWidth * 0.449
            spacing: Theme.unit * 10

            Title {
                maxWidth: parent.width
                text: page.garment.name
                size: Theme.unit * 70
            }
            BodyText {
                width: parent.width
                text: SharedTexts.joined([page.garment.price, SharedTexts.priceBefore(page.garment.priceBefore)])
            }
            Caption {
                objectName: "lowest-price"
                width: parent.width
                visible: text !== ""
                text: SharedTexts.lowestPrice(page.garment.lowestPrice)
            }
            Flow {
                visible: page.garment.swatches.count > 1
                width: parent.width + Theme.unit * 12
                x: LayoutMirroring.enabled ? 0 : -Theme.unit * 12

                Repeater {
                    model: page.garment.swatches

                    ColourDot {
                        onTouched: page.mirror.chooseColour(code)
                    }
                }
            }
            Caption {
                width: parent.width
                text: SharedTexts.joined([page.garment.colour, page.garment.also])
            }
            Title {
                maxWidth: parent.width
                topPadding: Theme.unit * 14
                visible: text !== ""
                text: page.garment.story
                size: Theme.unit * 36
                lineHeight: 1.06
            }
            Caption {
                width: parent.width
                topPadding: Theme.unit * 6
                visible: text !== ""
                text: [page.garment.material, page.garment.care, page.garment.origin].filter(one => one !== "").join("\n")
            }
            Flow {
                width: parent.width
                topPadding: Theme.unit * 6
                spacing: Theme.unit * 9
                visible: page.garment.symbols.count > 0

                Repeater {
                    model: page.garment.symbols

                    CareSymbol {}
                }
            }
            Title {
                maxWidth: parent.width
                topPadding: Theme.unit * 14
                visible: text !== ""
                text: LookTexts.reason(page.garment.reason, page.garment.about, page.garment.count)
                color: Theme.accent
                font.italic: Theme.italics
                size: Theme.leadSize
            }
            SizeAdvice {
                width: parent.width
                topPadding: Theme.unit * 20
                advice: page.garment.advice
                onFitQuestionOpened: page.mirror.openFitQuestion()
            }
        }
    }
    Grid {
        width: page.innerWidth
        columns: page.columns
        rowSpacing: Theme.unit * 10
        visible: page.sizeCount > 0

        Repeater {
            model: page.garment.sizes

            SizeCell {
                width: page.innerWidth / page.columns
                onTouched: page.mirror.chooseSize(size)
            }
        }
    }
    FitFeedback {
        anchors.horizontalCenter: parent.horizontalCenter
        maxWidth: page.innerWidth
        mirror: page.mirror
    }
    OfferActions {
        width: page.innerWidth
        mirror: page.mirror
        showSizesLink: page.sizeCount > 0
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// Asks how a piece in the room fits, first the rating, then where. Then shows the answer, with a link to change it.
Grid {
    id: feedback

    required property ViewModels.MirrorViewModel mirror
    // Width available; if the language needs more, the question is placed above the answers.
    required property real maxWidth
    readonly property ViewModels.FitFeedback card: mirror.scene.garment.feel
    readonly property bool asksRating: card.felt === ""
    readonly property bool asksArea: !asksRating && card.spot === "" && card.spots.length > 0
    readonly property bool stacked: natural.advanceWidth + columnSpacing + answerLinks.neededWidth > maxWidth

    columns: stacked ? 1 : 2
    columnSpacing: Theme.unit * (asksArea ? 28 : 44)
    horizontalItemAlignment: Grid.AlignHCenter
    verticalItemAlignment: Grid.AlignVCenter
    visible: card.present

    // Of the question at full size. Its own implicit width depends on where it is placed.
    readonly property TextMetrics natural: TextMetrics {
        text: question.text
        font.family: Theme.serifFamily
        font.italic: Theme.italics
        font.pixelSize: Theme.leadSize
    }

    Title {
        id: question

        maxWidth: feedback.stacked ? Math.min(Math.ceil(feedback.natural.advanceWidth) + 1, feedback.maxWidth) : 0
        horizontalAlignment: feedback.stacked ? Text.AlignHCenter : Text.AlignLeft
        text: feedback.asksRating ? qsTr("How does it feel?") : feedback.asksArea ? SharedTexts.joined([FitTexts.rating(feedback.card.felt), qsTr("Where?")]) : SharedTexts.joined([feedback.card.size, FitTexts.rating(feedback.card.felt), FitTexts.area(feedback.card.spot)])
        color: Theme.muted
        font.italic: Theme.italics
        size: Theme.leadSize
    }
    Flow {
        id: answerLinks

        readonly property real neededWidth: [...children].filter(one => one.visible && one.width > 0).reduce((sum, one) => sum + one.width + spacing, 1 - spacing)

        width: Math.min(feedback.maxWidth, neededWidth)
        spacing: feedback.columnSpacing

        Repeater {
            model: feedback.asksRating ? ["just-right", "a-little-tight", "a-little-loose"] : []

            TextLink {
                required property string modelData

                objectName: "feel-" + modelData
                text: FitTexts.rating(modelData)
                onTouched: feedback.mirror.rateFit(modelData, "")
            }
        }
        Repeater {
            model: feedback.asksArea ? feedback.card.spots : []

            TextLink {
                required property string modelData

                objectName: "spot-" + modelData
                text: FitTexts.area(modelData)
                onTouched: feedback.mirror.rateFit(feedback.card.felt, modelData)
            }
        }
        TextLink {
            objectName: "feel-again"
            visible: !feedback.asksRating && !feedback.asksArea
            //: Takes back the rating of how a piece fits. Short.
            text: qsTr("Change")
            color: Theme.muted
            size: Theme.smallSize
            onTouched: feedback.mirror.rateFit("", "")
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// How does it feel? One quiet line under a piece that hangs here: how, then where; and what was said, to be changed.
Grid {
    id: feel

    required property ViewModels.MirrorViewModel mirror
    // The width it may take; where a language needs more, the question stands above its answers.
    required property real maxWidth
    readonly property ViewModels.FitFeedback card: mirror.scene.garment.feel
    readonly property bool asks: card.felt === ""
    readonly property bool where: !asks && card.spot === "" && card.spots.length > 0
    readonly property bool stacked: asked.implicitWidth + columnSpacing + answers.wanted > maxWidth

    columns: stacked ? 1 : 2
    columnSpacing: Theme.unit * (where ? 28 : 44)
    horizontalItemAlignment: Grid.AlignHCenter
    verticalItemAlignment: Grid.AlignVCenter
    visible: card.present

    Title {
        id: asked

        maxWidth: feel.stacked ? Math.min(implicitWidth, feel.maxWidth) : 0
        horizontalAlignment: feel.stacked ? Text.AlignHCenter : Text.AlignLeft
        text: feel.asks ? qsTr("How does it feel?") : feel.where ? SharedTexts.joined([FitTexts.rating(feel.card.felt), qsTr("Where?")]) : SharedTexts.joined([feel.card.size, FitTexts.rating(feel.card.felt), FitTexts.area(feel.card.spot)])
        color: Theme.muted
        font.italic: Theme.italics
        size: Theme.leadSize
    }
    Flow {
        id: answers

        readonly property real wanted: [...children].filter(one => one.visible && one.width > 0).reduce((sum, one) => sum + one.width + spacing, 1 - spacing)

        width: Math.min(feel.maxWidth, wanted)
        spacing: feel.columnSpacing

        Repeater {
            model: feel.asks ? ["just-right", "a-little-tight", "a-little-loose"] : []

            TextLink {
                required property string modelData

                objectName: "feel-" + modelData
                text: FitTexts.rating(modelData)
                onTouched: feel.mirror.rateFit(modelData, "")
            }
        }
        Repeater {
            model: feel.where ? feel.card.spots : []

            TextLink {
                required property string modelData

                objectName: "spot-" + modelData
                text: FitTexts.area(modelData)
                onTouched: feel.mirror.rateFit(feel.card.felt, modelData)
            }
        }
        TextLink {
            objectName: "feel-again"
            visible: !feel.asks && !feel.where
            //: Takes back how a piece was said to feel. Short.
            text: qsTr("Change")
            color: Theme.muted
            size: Theme.smallSize
            onTouched: feel.mirror.rateFit("", "")
        }
    }
}

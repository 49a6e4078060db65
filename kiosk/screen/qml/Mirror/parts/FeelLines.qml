pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// How does it feel? One quiet line under a piece that hangs here: how, then where; and what was said, to be changed.
Grid {
    id: feel

    required property ViewModels.MirrorViewModel mirror
    // The width it may take; where a language needs more, the question stands above its answers.
    required property real room
    readonly property ViewModels.FitFeedback card: mirror.scene.garment.feel
    readonly property bool asks: card.felt === ""
    readonly property bool where: !asks && card.spot === "" && card.spots.length > 0
    readonly property bool stacked: asked.implicitWidth + columnSpacing + answers.wanted > room

    columns: stacked ? 1 : 2
    columnSpacing: Theme.u * (where ? 28 : 44)
    horizontalItemAlignment: Grid.AlignHCenter
    verticalItemAlignment: Grid.AlignVCenter
    visible: card.present

    Title {
        id: asked

        room: feel.stacked ? Math.min(implicitWidth, feel.room) : 0
        horizontalAlignment: feel.stacked ? Text.AlignHCenter : Text.AlignLeft
        text: feel.asks ? qsTr("How does it feel?") : feel.where ? Words.listed([FeelWords.felt(feel.card.felt), qsTr("Where?")]) : Words.listed([feel.card.size, FeelWords.felt(feel.card.felt), FeelWords.spot(feel.card.spot)])
        color: Theme.ash
        font.italic: Theme.slanted
        size: Theme.lead
    }
    Flow {
        id: answers

        readonly property real wanted: [...children].filter(one => one.visible && one.width > 0).reduce((sum, one) => sum + one.width + spacing, 1 - spacing)

        width: Math.min(feel.room, wanted)
        spacing: feel.columnSpacing

        Repeater {
            model: feel.asks ? ["just-right", "a-little-tight", "a-little-loose"] : []

            Link {
                required property string modelData

                objectName: "feel-" + modelData
                text: FeelWords.felt(modelData)
                onTouched: feel.mirror.sayFelt(modelData, "")
            }
        }
        Repeater {
            model: feel.where ? feel.card.spots : []

            Link {
                required property string modelData

                objectName: "spot-" + modelData
                text: FeelWords.spot(modelData)
                onTouched: feel.mirror.sayFelt(feel.card.felt, modelData)
            }
        }
        Link {
            objectName: "feel-again"
            visible: !feel.asks && !feel.where
            //: Takes back how a piece was said to feel. Short.
            text: qsTr("Change")
            color: Theme.ash
            size: Theme.small
            onTouched: feel.mirror.sayFelt("", "")
        }
    }
}

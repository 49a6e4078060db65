import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// The fit question: height and weight, or a size label that fits. Can be skipped.
PageFrame {
    id: page

    readonly property ViewModels.FitForm fit: scene.fit
    readonly property bool bodyMeasures: fit.way === "body"

    spacing: Theme.unit * 26

    Title {
        maxWidth: page.innerWidth
        text: page.bodyMeasures ? qsTr("Your height and weight") : qsTr("A size that fits you")
    }
    BodyText {
        width: page.innerWidth
        color: Theme.muted
        text: page.bodyMeasures ? qsTr("So that we need not guess your size.") : qsTr("Think of a piece you like to wear: where is it from, and what is on its label?")
    }
    Column {
        width: page.innerWidth
        visible: page.bodyMeasures

        Stepper {
            name: "height"
            width: parent.width
            label: qsTr("Height")
            value: page.fit.imperial ? page.fit.height : SharedTexts.filled(qsTr("%1 cm"), [page.fit.height])
            largeStep: page.fit.imperial ? 6 : 10
            onStepped: by => page.mirror.changeFitField("height", by)
        }
        Stepper {
            name: "weight"
            width: parent.width
            label: qsTr("Weight")
            value: page.fit.imperial ? SharedTexts.filled(qsTr("%1 lb"), [page.fit.weight]) : SharedTexts.filled(qsTr("%1 kg"), [page.fit.weight])
            largeStep: 10
            onStepped: by => page.mirror.changeFitField("weight", by)
        }
    }
    Column {
        width: page.innerWidth
        visible: !page.bodyMeasures

        Stepper {
            name: "system"
            width: parent.width
            minusText: "‹"
            plusText: "›"
            //: The country or house whose sizes are on the label.
            label: qsTr("Label from")
            value: FitTexts.labelOrigin(page.fit.system, page.scene.house)
            onStepped: by => page.mirror.changeFitField("system", by)
        }
        Stepper {
            name: "size"
            width: parent.width
            label: qsTr("Size")
            value: page.fit.size
            onStepped: by => page.mirror.changeFitField("size", by)
        }
    }
    Flow {
        width: page.innerWidth
        spacing: Theme.unit * 56

        TextLink {
            objectName: "units"
            visible: page.bodyMeasures
            text: page.fit.imperial ? qsTr("in centimetres and kilos") : qsTr("in feet and pounds")
            color: Theme.muted
            size: Theme.smallSize
            onTouched: page.mirror.changeFitField("units", 1)
        }
        TextLink {
            objectName: "way"
            visible: page.fit.systems.length > 0
            text: page.bodyMeasures ? qsTr("Rather a size that fits me") : qsTr("Rather height and weight")
            color: Theme.muted
            size: Theme.smallSize
            onTouched: page.mirror.changeFitField("way", 1)
        }
    }
    PrimaryButton {
        objectName: "action"
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(Math.max(implicitWidth, Theme.unit * 640), parent.width)
        text: qsTr("Advise me")
        onTouched: page.mirror.answerFitQuestion(true)
    }
    BodyText {
        objectName: "promise"
        width: page.innerWidth
        horizontalAlignment: Text.AlignHCenter
        font.pixelSize: Theme.smallSize
        color: Theme.muted
        text: qsTr("Asked once, written down nowhere, forgotten when you leave.")
    }
    TextLink {
        objectName: "skip"
        anchors.horizontalCenter: parent.horizontalCenter
        //: Leaves a question without an answer.
        text: qsTr("I would rather not say")
        color: Theme.muted
        size: Theme.smallSize
        onTouched: page.mirror.answerFitQuestion(false)
    }
}

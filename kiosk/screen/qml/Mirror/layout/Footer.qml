import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// Footer of every page: back, plain mirror, language and help, with the name of the retailer in the middle.
Item {
    id: footer

    required property ViewModels.MirrorViewModel mirror
    readonly property ViewModels.Scene scene: mirror.scene
    property bool languagesOpen: false
    readonly property string otherLanguage: scene.languages.length === 2 ? scene.languages.find(one => one !== scene.language) ?? "" : ""

    height: Theme.footerHeight

    LanguageList {
        anchors.bottom: parent.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        visible: footer.languagesOpen
        languages: footer.scene.languages
        language: footer.scene.language
        onChosen: language => {
            footer.languagesOpen = false;
            footer.mirror.chooseLanguage(language);
        }
    }
    Row {
        id: startLinks

        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit * 40

        TextLink {
            objectName: "back"
            //: Goes one page back. Short.
            text: qsTr("Back")
            color: Theme.muted
            size: Theme.smallSize
            underlined: false
            visible: footer.scene.canGoBack
            onTouched: footer.mirror.goBack()
        }
        TextLink {
            objectName: "just-mirror"
            //: Clears the screen, so that it is only a mirror. Short.
            text: qsTr("Just a mirror")
            color: Theme.muted
            size: Theme.smallSize
            underlined: false
            onTouched: footer.mirror.darkenScreen()
        }
    }
    Title {
        readonly property real freeHalfWidth: footer.width / 2 - Math.max(startLinks.width, endLinks.width) - Theme.margin - Theme.unit * 24

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.verticalCenter: parent.verticalCenter
        visible: width / 2 < freeHalfWidth
        text: footer.scene.house
        color: Theme.faint
        size: Theme.unit * 34
        font.letterSpacing: Theme.unit * 3
    }
    Row {
        id: endLinks

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit * 40

        TextLink {
            objectName: "language"
            text: SharedTexts.languageName(footer.otherLanguage !== "" ? footer.otherLanguage : footer.scene.language)
            color: Theme.muted
            size: Theme.smallSize
            underlined: false
            atEnd: true
            visible: footer.scene.languages.length > 1
            onTouched: footer.otherLanguage !== "" ? footer.mirror.chooseLanguage(footer.otherLanguage) : footer.languagesOpen = !footer.languagesOpen
        }
        TextLink {
            objectName: "help"
            //: Opens the page where one can ask for help. Short.
            text: qsTr("Help")
            size: Theme.smallSize
            underlined: false
            atEnd: true
            onTouched: footer.mirror.openPage("ask")
        }
    }
}

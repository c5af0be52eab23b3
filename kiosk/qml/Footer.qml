import QtQuick
import QtQuick.Layouts
import Hall

// The same six keys on every page, in the same place.
Rectangle {
    id: footer
    objectName: "footer"

    required property var view
    required property var kiosk
    required property bool wide
    readonly property real words: Style.base * (view.large ? 1.17 : wide ? 0.9 : 0.8)

    implicitHeight: keys.implicitHeight + Style.gap * 2
    color: Style.panel

    GridLayout {
        id: keys
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Style.gap
        columns: footer.wide ? (footer.view.reach ? 2 : 1) : footer.view.large ? 3 : 6
        columnSpacing: Style.gap * 0.4
        rowSpacing: Style.gap * 0.6
        uniformCellWidths: columns < 6

        FootKey {
            objectName: "back"
            text: qsTr("返回")
            size: footer.words
            enabled: footer.view.canBack
            onTaken: footer.kiosk.act("back", "")
        }
        FootKey {
            objectName: "home"
            Layout.preferredWidth: 125
            text: footer.view.countdown >= 0 ? qsTr("首页 %1").arg(footer.view.countdown) : qsTr("首页")
            size: footer.words
            urgent: footer.view.countdown >= 0 && footer.view.countdown <= 10
            enabled: footer.view.page !== "home" || footer.view.help
            onTaken: footer.kiosk.act(footer.view.page === "home" ? "back" : "home", "")
        }
        FootKey {
            objectName: "help"
            text: qsTr("求助")
            size: footer.words
            checked: footer.view.help
            onTaken: footer.kiosk.act("help", footer.view.help ? "off" : "on")
        }
        FootKey {
            objectName: "large"
            text: footer.view.large ? qsTr("标准字") : qsTr("大字版")
            size: footer.words
            onTaken: footer.kiosk.act("large", footer.view.large ? "off" : "on")
        }
        FootKey {
            objectName: "language"
            text: footer.view.language === "zh" ? "English" : "中文"
            size: footer.words
            onTaken: footer.kiosk.act("language", footer.view.language === "zh" ? "en" : "zh")
        }
        FootKey {
            objectName: "reach"
            text: footer.view.reach ? qsTr("全屏版") : qsTr("低位版")
            size: footer.words
            onTaken: footer.kiosk.act("reach", footer.view.reach ? "off" : "on")
        }
    }
}

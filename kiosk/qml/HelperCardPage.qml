import QtQuick
import QtQuick.Layouts
import Hall

// For somebody else: the helper's own card, and what it is read for, before it is laid.
PageBase {
    id: page

    readonly property var shown: view.helperCard

    title: qsTr("请再放上您自己的身份证")
    subtitle: view.large ? qsTr("只用来计您今天替人取号的次数，只留加密代号，不留姓名号码。放上即同意。")
        : qsTr("您在替别人取号。本大厅限制每人每天替人取号的次数，读取您的证件只用于计次，只留加密代号，不留姓名和号码。放上证件即表示同意。")

    LayCard {
        anchors.fill: parent
        anchors.bottomMargin: Style.space
        wide: page.wide
        shown: page.shown
    }
}

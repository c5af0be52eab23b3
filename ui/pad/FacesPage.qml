pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Hall

// Five faces with words; one touch rates.
Item {
    id: page

    required property var view
    signal touched(int level)
    signal declined

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Style.wide
        spacing: Style.gap

        AskedHead {
            Layout.fillWidth: true
            view: page.view
            zh: "请您评价本次服务"
            en: "How was this service?"
        }
        Repeater {
            model: page.view.faces

            T.AbstractButton {
                id: row
                required property var modelData
                required property int index

                objectName: "face" + modelData.level
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.maximumHeight: Style.base * 5.6
                Accessible.role: Accessible.Button
                Accessible.name: modelData.text.first
                onClicked: page.touched(modelData.level)

                background: Rectangle {
                    radius: Style.radius * 2
                    color: row.pressed ? Style.actionTint : Style.ground
                    border.width: row.visualFocus ? Style.line : Style.hair
                    border.color: row.pressed || row.visualFocus ? Style.action : Style.edge
                }
                contentItem: Item {
                    Face {
                        id: face
                        x: Style.space
                        anchors.verticalCenter: parent.verticalCenter
                        height: parent.height * 0.78
                        width: height
                        level: row.modelData.level
                    }
                    BothWords {
                        anchors.left: face.right
                        anchors.leftMargin: Style.wide
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        first: row.modelData.text.first
                        second: row.modelData.text.second
                        size: Style.title * 1.15
                        smaller: 0.58
                        secondInk: Style.muted
                        lines: 1
                    }
                }
            }
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Style.gap

            Words {
                Layout.fillWidth: true
                text: (Style.language === "en" ? "Closes in %1 s · nothing is sent without a touch" : "%1 秒后关闭 · 不触摸不会提交").arg(page.view.seconds)
                size: Style.small
                color: Style.muted
                font.features: Style.tabular
            }
            BigButton {
                objectName: "decline"
                text: Style.language === "en" ? "Rather not" : "不评价"
                onTaken: page.declined()
            }
        }
    }
}

pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// Why: the reasons of the touched level. None need be chosen.
Item {
    id: page

    required property var view
    readonly property var face: view.faces.find(f => f.level === view.level)
    signal touched(string code)
    signal back
    signal submitted

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Style.wide
        spacing: Style.gap

        RowLayout {
            Layout.fillWidth: true
            spacing: Style.space

            Face {
                Layout.preferredWidth: Style.base * 4.4
                Layout.preferredHeight: Style.base * 4.4
                level: page.view.level
            }
            BothWords {
                Layout.fillWidth: true
                // Whatever the row leaves: a wish of its own would be asked anew at each break.
                Layout.preferredWidth: Style.base
                first: page.face ? page.face.text.first : ""
                second: page.face ? page.face.text.second : ""
                size: Style.title
                smaller: 0.62
                secondInk: Style.muted
                lines: 1
            }
            BigButton {
                objectName: "back"
                text: Style.language === "en" ? "Change" : "重选"
                onTaken: page.back()
            }
        }
        BothWords {
            Layout.fillWidth: true
            Layout.topMargin: Style.gap
            zh: "原因是什么？可多选，也可不选"
            en: "Why? Choose any, or none"
            size: Style.lead
            secondInk: Style.muted
            lines: 1
        }
        GridLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            columns: 2
            uniformCellWidths: true
            uniformCellHeights: true
            columnSpacing: Style.gap
            rowSpacing: Style.gap

            Repeater {
                model: page.view.reasons

                Chip {
                    required property var modelData

                    objectName: "reason" + modelData.code
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    leftPadding: Style.gap
                    rightPadding: Style.gap
                    text: modelData.text.first
                    size: Style.body * 0.92
                    checkable: false
                    checked: modelData.chosen
                    onClicked: page.touched(modelData.code)
                }
            }
        }
        BigButton {
            objectName: "submit"
            Layout.fillWidth: true
            Layout.preferredHeight: Style.base * 4
            Layout.topMargin: Style.gap
            kind: "primary"
            text: Style.language === "en" ? "Submit" : "提交评价"
            size: Style.title
            onTaken: page.submitted()
        }
        Words {
            Layout.fillWidth: true
            text: (Style.language === "en" ? "Submitted by itself in %1 s" : "%1 秒后自动提交").arg(page.view.seconds)
            size: Style.small
            color: Style.muted
            horizontalAlignment: Text.AlignHCenter
            font.features: Style.tabular
        }
    }
}
